"""What a parcel did: scans folded into a state, a story and facts. Pure; knows no case."""
