# A key of a class whose __eq__ changes the bases; an mro() that leaves the class out.
import warnings
warnings.simplefilter("ignore")

class MyKey:
    def __hash__(self): return hash('mykey')
    def __eq__(self, other): X.__bases__ = (Base2,)
class Base1: mykey='from Base'; mykey2='from Base'
class Base2: mykey='from Base2'; mykey2='from Base2'
X = type('X',(Base1,),{MyKey():5})
print(X.mykey, X.mykey2)
class MMM(type):
    def mro(cls):
        del MMM.mro
        return (Base1,)
try:
    class A(metaclass=MMM): pass
except TypeError as e: print(e)
