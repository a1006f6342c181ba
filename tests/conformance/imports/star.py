from mod_helper import *
print(value, '_private' in globals())
from mod_star import *
print(a, c, 'b' in globals())
