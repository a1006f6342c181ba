"""DEBUG_SAVEALL still set when the program ends: what its end finds is kept, not freed."""

import gc

gc.set_debug(gc.DEBUG_SAVEALL)
a = []
a.append(a)
del a
print("end")
