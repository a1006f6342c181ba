try:
    1 / 0
finally:
    print('cleaning')
    {}['other']
