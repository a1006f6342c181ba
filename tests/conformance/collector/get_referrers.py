import gc
class C:
    pass
x = C()
holder_list = [x]
holder_dict = {'x': x}
c = C()
c.attribute = x
referrers = gc.get_referrers(x)
print([any(r is h for r in referrers) for h in (holder_list, holder_dict, c, globals())], len(referrers))
del holder_list, c
referrers.clear()
print(len(gc.get_referrers(x)), gc.get_referrers(x)[0] is globals())
