# coding: latin-1
name = 'ÿþ'
