# property: names, docstrings, subclasses.
class P(property):
    """its own text"""


class A:
    @property
    def x(self):
        """the getter's text"""
        return 1

    @x.setter
    def x(self, value):
        """not used"""

    @P
    def y(self):
        """of y"""
        return 2

    z = property(doc='given')


print(A.x.__doc__, A.y.__doc__, A.z.__doc__, A.x.__name__, A.y.__name__, A.z.__name__)
for act in (lambda: A().z, lambda: setattr(A(), 'y', 1), lambda: delattr(A(), 'x'), lambda: A.x.__set_name__(1)):
    try:
        act()
    except (AttributeError, TypeError) as error:
        print(type(error).__name__, error)
A.x.__doc__ = 'changed'
print(A.x.__doc__)
