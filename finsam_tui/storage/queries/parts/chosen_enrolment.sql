-- A condition: the enrolment `e` is of the programme and the coach that the report is narrowed to.
:programme IN ('', e.programme)
AND :coach IN ('', COALESCE(e.staff, :missing))
