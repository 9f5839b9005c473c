"""The structs every stage meets in; nothing here imports anything of ours but its neighbours."""
