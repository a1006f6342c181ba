class E(Exception):
    def __del__(self):
        print('dead', self.args)
try:
    raise E(1)
except E as e:
    print('handling')
print('after', 'e' in globals())
try:
    raise E(2)
except E:
    print('handling')
print('after')
