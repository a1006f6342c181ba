# category: strings
# description: Two surrogates side by side are one character here.
# cause: Texts are JavaScript strings, in UTF-16, where such a pair is how the character is written.
# workaround: Write the character itself, '\U0001f600'.
# cpython: 2
# heapbook: 1
print(len('\ud83d\ude00'))
