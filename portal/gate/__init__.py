"""May we write? Facts from the database, then one pure decision."""
