def f(a):
    b = a + 1
    return locals()
print(f(1))
g = globals()
g['made_by_dict'] = 5
print(made_by_dict, globals() is g, locals() is g)
