import sys, mod_itself
try:
    mod_itself.early
except AttributeError as error:
    print(error)
sys.modules['mod_itself'] = 42
