"""Reports for staff, in French, made with ReportLab."""
