-- A condition: the participant `p` has the home and sex that the report is narrowed to. The
-- anonymous have neither, and are counted where it is narrowed to none.
(p.registration <> 'anonymous' OR (:municipality = '' AND :sex = ''))
AND {chosen_person}
