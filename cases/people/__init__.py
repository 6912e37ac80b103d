"""Owns users, their roles by area, invitations and organisations."""
