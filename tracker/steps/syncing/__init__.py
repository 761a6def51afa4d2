"""Parts of `sync`: the join with 工作台账.xlsx, and writing into it."""
