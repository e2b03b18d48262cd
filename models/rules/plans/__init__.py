"""What a project has promised: milestones, deliverables, measures, phases."""
