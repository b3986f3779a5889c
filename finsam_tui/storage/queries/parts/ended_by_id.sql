-- A condition: the enrolment `e` ended in the period. By id, and not by date: what lies together in
-- the file is read together.
e.id IN (SELECT id FROM enrolment WHERE end_date BETWEEN :first AND :last)
