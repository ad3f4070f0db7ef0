"""Who we treat: identity, contact details, who looked at whom."""
