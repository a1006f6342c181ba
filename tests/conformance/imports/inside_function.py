import sys
def f():
    import mod_star
    return mod_star.b
print('mod_star' in sys.modules, f(), 'mod_star' in sys.modules, 'mod_star' in globals())
