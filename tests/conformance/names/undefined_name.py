print('before')
print(missing)
