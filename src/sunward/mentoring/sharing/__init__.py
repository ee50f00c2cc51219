"""经验分享: what one neighbour mom found out, told to the others without anybody's name."""
