# The separator of a bytearray.join is lent while the iterable runs.

a = bytearray(b',')
def it():
    a.clear(); yield b'A'
try: a.join(it())
except BufferError as e: print(e)
a.append(3); print(a)
