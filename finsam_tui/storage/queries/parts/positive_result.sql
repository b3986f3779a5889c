-- A condition: the enrolment `e` has a result that counts as positive.
EXISTS (
    SELECT 1 FROM enrolment_result AS r
    CROSS JOIN code  -- in this order: they have one result or two
    WHERE r.enrolment_id = e.id
        AND code.list = 'result' AND code.key = r.result AND code.positive = 1
)
