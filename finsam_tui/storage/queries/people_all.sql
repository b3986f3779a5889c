-- One row: how many people the register has.
SELECT count(*) AS people FROM participant
