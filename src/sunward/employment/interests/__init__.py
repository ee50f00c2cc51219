"""What jobseekers wish to learn (课程内容意向调研), and the course plan that comes of it."""
