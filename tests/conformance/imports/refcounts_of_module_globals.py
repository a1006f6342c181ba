import sys
import mod_helper
x = mod_helper.items
print(sys.getrefcount(x))
from mod_helper import items
print(sys.getrefcount(x))
del items, sys.modules['mod_helper'], mod_helper
print(sys.getrefcount(x), x)
