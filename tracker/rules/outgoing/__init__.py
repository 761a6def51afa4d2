"""What leaves and when: messages, their audience, their pace, and the slots of the scheduler."""
