s = 'text'
print(f'{s:10}|{s:<10}|{s:>10}|{s:^10}|{s:*^10}|{s:.2}|{s:6.2}|')
width, fill = 8, '-'
print(f'{s:{fill}>{width}}', f'{s:{fill}^{width + 1}}')
print(format(s, '>6'), format(12, '04'), format(None), format([1]))
