from array import array
l=[1,2,3]
class I:
    def __index__(self):
        l.append(4) ; return 5
l[1]=I()
a=array('i')
try: a.fromlist(l)
except Exception as e: print(repr(e),a)
l[:]=[1,I(),3]
class J:
    def __index__(self):
        l.clear() ; return 5
l[1]=J()
try: a.fromlist(l)
except Exception as e: print(repr(e),a)
