import sys
for _ in range(2):
    try:
        import mod_broken
    except ValueError as error:
        print(error, 'mod_broken' in sys.modules)
