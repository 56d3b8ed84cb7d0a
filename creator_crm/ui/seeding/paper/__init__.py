"""What is printed for parcels: packing slips, labels, gift notes, the pick list; one file a paper."""
