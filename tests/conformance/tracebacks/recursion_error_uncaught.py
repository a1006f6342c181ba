# the count of repeated frames depends on the limit, which a program can set
import sys
sys.setrecursionlimit(60)
def f():
    f()

f()
