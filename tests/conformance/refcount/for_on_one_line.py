import sys
class C:
    def m(self):
        print(sys.getrefcount(self))
def one_line(l):
    for x in l: x.m()
def two_lines(l):
    for x in l:
        x.m()
def semicolon():
    x = C(); x.m()
def separate():
    x = C()
    x.m()
one_line([C()])
two_lines([C()])
semicolon()
separate()
