-- A condition: as `chosen`, where no participant is joined to the enrolment `e`. Persons are looked
-- up only where they narrow the choice: that takes long.
{chosen_enrolment}
AND e.participant_id NOT IN (SELECT id FROM participant WHERE registration = 'anonymous')
AND ((:municipality = '' AND :sex = '') OR EXISTS (
    SELECT 1 FROM participant AS p
    WHERE p.id = e.participant_id
        AND {chosen_person}
))
