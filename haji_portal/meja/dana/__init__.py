"""The desk's pages of money: refunds. The money itself, its book and its machine live a floor below."""
