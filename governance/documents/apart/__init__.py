"""What somebody else has written is rendered in a process apart, with limits on time and memory."""
