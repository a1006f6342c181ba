# The order in which an operation's operands die, on its first and on later runs.
class K:
    def __init__(s,n): s.n=n
    def __del__(s): print('del',s.n)
class L:
    def __getitem__(s,i): return 1
    def __setitem__(s,i,v): pass
    def __delitem__(s,i): pass
    def __add__(s,o): return 1
    def __lt__(s,o): return 1
    def __contains__(s,o): return 1
    def __init__(s,n): s.n=n
    def __del__(s): print('del',s.n)
for i in range(3):
    L('l')[K('a'):K('b')]
    L('l')[K('a'):K('b')]=K('c')
    del L('l')[K('a'):K('b')]
    L('l')[K('a')]
    L('l')[K('a')]=K('c')
    del L('l')[K('a')]
    L('l')+K('r'); L('l')<K('r'); K('r') in L('l'); L('l').x=K('v'); L('l') is K('r'); [K('a'),K('b')]==[K('c')]; (K('a'),)+(K('b'),)
    slice(K('a'),K('b')); range(3)[K('a'):] if 0 else 0
    x=[1,2,3]; x[K('a') and 0:2]=[K('v')]; x[0]=K('w'); x[0]=0; del x
    L('l')[0:1]; L('l')[0:1]=K('c'); L('l')[0]=K('c')
    print('--')
