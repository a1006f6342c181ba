try:
    compile('x = = 1', 'some.py', 'exec')
except SyntaxError as e:
    print(e.msg, e.filename, e.lineno, e.offset, e.text)
    print(e)
