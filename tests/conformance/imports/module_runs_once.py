import mod_helper
import mod_helper as again
from mod_helper import add, value as v
print(mod_helper is again, v, add('x'), mod_helper.items, mod_helper.__name__)
mod_helper.value = 2
print(v, mod_helper.value)
