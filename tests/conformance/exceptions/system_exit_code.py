import sys
print('before')
try:
    sys.exit(4)
except SystemExit as e:
    print('code', e.code)
try:
    sys.exit(3)
finally:
    print('finally')
print('never')
