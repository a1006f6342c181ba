class A:
    def __del__(self):
        print('A')
class B(A):
    def __del__(self):
        print('B')
        super().__del__()
B()
A()
print('end')
