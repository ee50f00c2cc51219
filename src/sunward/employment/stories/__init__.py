"""成功案例: how somebody found work, told under another name to whoever helps the next one."""
