import sys
a = 'name_like'
b = ''.join(['name', '_like'])
print(a is b, a is sys.intern(b))
class C:
    pass
c = C()
name = 'attr'
setattr(c, ''.join(['at', 'tr']), 1)
print(list(c.__dict__)[0] is name)
