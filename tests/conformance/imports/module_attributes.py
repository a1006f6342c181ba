import mod_star
try:
    mod_star.missing
except AttributeError as error:
    print(error)
mod_star.new = 5
del mod_star.a
print(mod_star.new, hasattr(mod_star, 'a'), type(mod_star).__name__)
