# oracle: 3.13
import gc
class C:
    def __del__(self):
        dead.append(self.n)
dead = []
gc.collect()
gc.set_threshold(10, 100, 100)
for n in range(30):
    c = C()
    c.n, c.me = n, c
    del c
gc.set_threshold(2000, 10, 10)
print(dead)
print(gc.collect(), len(dead), dead == sorted(dead))
