"""Who needs help, as stated rules: versioned, with their parameters in words, and pure: facts in, a judgement out."""
