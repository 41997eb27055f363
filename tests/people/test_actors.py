from huiyin.people.actors import Actor
from huiyin.people.models import Customer


def test_actors_carry_a_stable_label_without_personal_data(agent):
    customer = Customer(pk=9, name="张三")

    assert [
        a.label for a in (Actor.of(agent), Actor.customer(customer), Actor.partner("sf"), Actor.system("portal"))
    ] == [
        f"person:{agent.pk}",
        "customer:9",
        "partner(sf)",
        "system(portal)",
    ]


def test_an_actor_knows_whether_it_is_a_person(agent):
    assert (Actor.of(agent).is_person(agent.pk), Actor.system("x").is_person(None)) == (True, False)
