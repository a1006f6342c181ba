import sys
class W:
    def write(self, s): sys.__stdout__.write('W:' + repr(s)+'\n')
    def flush(self): sys.__stdout__.write('flush\n')
sys.stdout = W()
class W2:
    def write(self, s): sys.__stdout__.write('E:' + repr(s)+'\n')
    def flush(self): sys.__stdout__.write('Eflush\n')
sys.stderr = W2()
print('bye')
1/0
